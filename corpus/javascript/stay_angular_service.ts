import { HttpClient } from "@angular/common/http";
import { Injectable } from "@angular/core";
import { environment } from "../environments/environment";

@Injectable({ providedIn: "root" })
export class JobService {
  constructor(private http: HttpClient) {}

  save(job: { name: string }) {
    return this.http.post(`${environment.apiUrl}/jobs/manual`, job);
  }
}
