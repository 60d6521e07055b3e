"""How good are the checks, by what they say of claims made from articles of our own?"""
