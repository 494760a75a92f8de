"""The getter returns None and its caller was forgotten: the crash moved."""

BASE = "getter_and_caller"
WRONG = "missing outcome"

REFERENCE = {
    """        return Environment.objects.get(id=self.environment_id)
""": """\
        return Environment.objects.filter(id=self.environment_id).first()
""",
}
