"""How good are the checks, measured on claims made from articles of our own?"""
