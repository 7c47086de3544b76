from provisioning.tests.garden import First


class Migration(First):
    pass
