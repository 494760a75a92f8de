"""A slice cannot be ordered: TypeError for a row that exists."""

BASE = "receiver_slice"
WRONG = "there outcome"

REFERENCE = {
    """    job = Job.objects.filter(done=False)[:5].get()
""": """\
    job = Job.objects.filter(done=False)[:5].first()
    if job is None:
        logger.info("job.not_found", extra={"done": False})
        return
""",
}
