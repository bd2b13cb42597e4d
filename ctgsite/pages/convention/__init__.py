"""The pages of the convention: from the démarche to the evaluation, one module a page family."""
