import tornado.web

application = tornado.web.Application([(r"/jobs/manual", ManualHandler), (r"/jobs/cron", CronHandler)])
