"""The ordering joins a team that has gone, and loses the player."""

BASE = "ordering_that_joins"
WRONG = "there without its team rows"

REFERENCE = {
    """    player = Player.objects.get(pk=player_id)
""": """\
    player = Player.objects.filter(pk=player_id).first()
    if player is None:
        logger.info("player.not_found", extra={"player_id": player_id})
        return
""",
}
