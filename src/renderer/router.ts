import { createRouter, createWebHashHistory } from 'vue-router';
import type { Router, RouterHistory } from 'vue-router';
import BenchView from './views/bench/BenchView.vue';
import SessionsView from './views/sessions/SessionsView.vue';
import SettingsView from './views/settings/SettingsView.vue';

/** Hash routes, because the page is loaded with relative addresses over both carriers. */
export function createPageRouter(history: RouterHistory = createWebHashHistory()): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', redirect: '/bench' },
      { path: '/bench', component: BenchView },
      { path: '/run', component: () => import('./views/run/RunView.vue') },
      { path: '/batch', component: () => import('./views/batch/BatchesView.vue') },
      { path: '/batch/recipes/:recipeId', component: () => import('./views/batch/RecipeView.vue'), props: true },
      { path: '/batch/:batchId', component: () => import('./views/batch/BatchView.vue'), props: true },
      { path: '/calibrate', component: () => import('./views/calibrate/CalibrateView.vue') },
      {
        path: '/calibrate/certificates/:certificateId',
        component: () => import('./views/calibrate/CertificateView.vue'),
        props: true,
      },
      { path: '/flash', component: () => import('./views/flash/FlashView.vue') },
      { path: '/sessions', component: SessionsView },
      { path: '/sessions/:sessionId', component: () => import('./views/sessions/SessionView.vue'), props: true },
      {
        path: '/sessions/:sessionId/energy/:runId',
        component: () => import('./views/sessions/EnergySessionView.vue'),
        props: true,
      },
      { path: '/help/:chapter?', component: () => import('./views/help/HelpView.vue'), props: true },
      { path: '/compare', component: () => import('./views/compare/CompareView.vue') },
      { path: '/audit', component: () => import('./views/audit/AuditView.vue') },
      { path: '/package', component: () => import('./views/package/PackageView.vue') },
      { path: '/package/systems/:name', component: () => import('./views/package/SystemView.vue'), props: true },
      { path: '/settings', component: SettingsView },
      { path: '/:rest(.*)', redirect: '/bench' },
    ],
  });
}
