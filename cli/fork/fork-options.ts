import { budgetOptions } from "../run/budget-options.ts";
import { cacheOptions } from "../run/cache-options.ts";
import { dotenvOption } from "../run/dotenv-option.ts";
import { observationOptions } from "../run/observation-options.ts";
import { tellingOptions } from "../run/telling.ts";
import { folderOption } from "../runs/run-options.ts";

/** How forks run and are told of, whichever command starts them. */
export const forkOptions = {
  ...budgetOptions,
  ...cacheOptions,
  ...observationOptions,
  folder: folderOption,
  ...dotenvOption,
  ...tellingOptions,
} as const;
