"""The process that searches: started by the server, it ends when the server does."""

from companion.finding.answering import main

if __name__ == "__main__":
    main()
