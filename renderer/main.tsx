/** Entry of the page. */

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../shared/bridge.ts';
import { App } from './App.tsx';
import { AppStore } from './app/app-store.ts';
import { AppContext } from './app/use-store.ts';
import { LanguageStore } from './language/language-store.ts';
import { Spoken } from './language/Spoken.tsx';
import './design/tokens.css';
import './design/base.css';
import './design/buttons.css';
import './design/toolbar.css';
import './design/alert.css';
import './design/status.css';
import './design/dialog.css';
import './design/palette.css';
import './design/screens.css';
import './design/list.css';
import './design/threads.css';
import './design/reader.css';
import './design/message.css';
import './design/attachments.css';
import './design/reading.css';
import './design/sidebar.css';
import './design/library.css';
import './design/export.css';
import './design/search.css';
import './design/everywhere.css';
import './design/overview.css';
import './design/duplicates.css';
import './design/settings.css';
import './design/reflow.css';
import './design/contrast.css';

declare global {
  interface Window {
    readonly mailkeep: Bridge;
  }
}

const element = document.getElementById('root');
if (!element) throw new Error('the page has no root');

const language = new LanguageStore(window.mailkeep);
const app = new AppStore(window.mailkeep);
void language.begun.then(() =>
  createRoot(element).render(
    <StrictMode>
      <AppContext value={app}>
        <Spoken language={language}>
          <App />
        </Spoken>
      </AppContext>
    </StrictMode>,
  ),
);
