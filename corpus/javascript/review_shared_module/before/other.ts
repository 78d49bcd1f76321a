import { body } from "./body";
import { save } from "./store";

save(body);
