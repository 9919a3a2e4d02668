/** The system's dialogs, which no test can press: they are answered, and noted. */

import type { ElectronApplication } from '@playwright/test';

/** Every question is answered by this button from now on, counted from 0. */
export const answerQuestions = (app: ElectronApplication, button: number): Promise<void> =>
  app.evaluate(({ dialog }, response) => {
    const questions: string[] = [];
    Object.assign(globalThis, { questions });
    dialog.showMessageBox = (async (...words: { message: string }[]) => {
      questions.push(words.at(-1)?.message ?? '');
      return { response, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  }, button);

/** What was asked since. */
export const questionsAsked = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() => (globalThis as unknown as { questions: string[] }).questions);
