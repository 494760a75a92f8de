"""Rows read ahead overwrite what the loop wrote."""

BASE = "loop_updates_row"
WRONG = "there rows"

REFERENCE = {
    """    for player_id in player_ids:
        player = Player.objects.get(pk=player_id)
""": """\
    players = Player.objects.in_bulk(player_ids)
    for player_id in player_ids:
        player = players.get(player_id)
        if player is None:
            logger.info("player.not_found", extra={"player_id": player_id})
            continue
""",
}
