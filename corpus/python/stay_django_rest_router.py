from rest_framework.routers import DefaultRouter

router = DefaultRouter()
router.register("jobs/manual", ManualJobViewSet, basename="manual-job")
