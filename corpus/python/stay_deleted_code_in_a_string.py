"""Company jobs."""

TEMPLATE = '''
@router.put("/jobs/manual")
def manual(): ...
'''
