<?php
Route::post('/jobs/manual', [JobController::class, 'manual']);
