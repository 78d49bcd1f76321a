Rails.application.routes.draw do
  post "/jobs/manual", to: "jobs#manual"
  put "jobs/manual", to: "jobs#update"
end
