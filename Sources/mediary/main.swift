print("mediary")
