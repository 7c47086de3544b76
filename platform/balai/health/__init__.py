"""Is this process alive, may it get requests, how is it doing, may it start at all?"""
