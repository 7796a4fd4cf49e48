"""The pages of the web app, one a module: each has a function `page`.

The rankings are shown on the page of scores, and have no address of their own.

The folder is not called pages: Streamlit would take its modules for scripts, and on a server that
nobody has visited yet a deep link would run one of them instead of `app/main.py`.
"""
