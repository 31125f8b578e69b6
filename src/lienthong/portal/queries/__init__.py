"""What a page shows: facts of several rooms, gathered through their doors."""
