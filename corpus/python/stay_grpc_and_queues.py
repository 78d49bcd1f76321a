channel.basic_publish(exchange="", routing_key="jobs/manual", body=b"{}")
mqtt.publish("jobs/cron", payload={"schedule": "* * * * *"})
s3.put_object(Bucket="b", Key="jobs/manual", Body=b"x")
