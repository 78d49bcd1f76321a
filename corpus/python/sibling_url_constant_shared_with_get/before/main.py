from get import get
from put import put

print(put().status_code, get().status_code)
