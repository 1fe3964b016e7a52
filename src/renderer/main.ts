import '../shared/contract/jitless.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/floating.css';
import { createPage } from './app.ts';
import { connectHost } from './client/connect.ts';
import { desktopBridge } from './client/index.ts';

createPage(connectHost(), desktopBridge(window)).mount('#app');
