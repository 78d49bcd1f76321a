# run
import requests

print("Größe: 10 µm – ✓ 🚀 日本語")  # ÄÖÜ
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nächtlich", "description": "🚀", "backoffLimit": 0}, timeout=10)
# output
import requests

print("Größe: 10 µm – ✓ 🚀 日本語")  # ÄÖÜ
requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nächtlich", "description": "🚀", "settings": {"backoffLimit": 0}}, timeout=10)
