import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import { useClient } from '../client/index.ts';
import type { Connection } from '../client/index.ts';

/** How the page stands with the host, and who the host is. */
export const useConnectionStore = defineStore('connection', () => {
  const client = useClient();
  const connection = shallowRef<Connection>({ state: 'connecting' });
  const info = shallowRef<CallOutput<'app.info'>>();

  client.onConnection((next) => {
    connection.value = next;
    if (next.state === 'connected') {
      client.call('app.info', {}).then(
        (answer) => (info.value = answer),
        // The next connection asks again; until then the about line stays empty.
        () => undefined,
      );
    }
  });

  return {
    connection,
    info,
    connected: computed(() => connection.value.state === 'connected'),
    reconnect: () => client.reconnect(),
  };
});
