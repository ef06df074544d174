"""What the peers answer: as long a text as the product's menu."""

REPLY = """What would you like to do?

1 Ask us something
2 Tell us your child is away
3 An idea for today
4 How my child is doing
5 What is on
6 Complain
7 Talk to a person
8 Change the language"""
