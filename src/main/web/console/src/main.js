'use strict';

(() => {
  const MOST_EVENTS = 200;

  const find = (id) => document.getElementById(id);
  const joined = new Set();
  let socket = null;
  let received = 0;

  function show(state, text) {
    find('state').dataset.state = state;
    find('state').textContent = text;
    const connected = state === 'connected';
    find('connect').disabled = state !== 'disconnected' && state !== 'refused';
    find('disconnect').disabled = !find('connect').disabled;
    find('join-button').disabled = !connected;
    if (!connected) {
      joined.clear();
      showRooms();
      find('answer').textContent = '';
    }
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function showRooms() {
    find('rooms').replaceChildren(...[...joined].map((room) => {
      const item = element('li', '');
      item.append(element('code', room));
      if (room !== 'global') {
        const button = element('button', 'Leave');
        button.type = 'button';
        button.setAttribute('aria-label', `Leave ${room}`);
        button.addEventListener('click', () => ask('leave_room', room, `Left ${room}.`));
        item.append(button);
      }
      return item;
    }));
  }

  function showEvent(name, args) {
    received += 1;
    find('count').textContent = String(received);
    const item = element('li', '');
    item.append(element('time', new Date().toLocaleTimeString()), element('strong', name));
    item.append(element('pre', args.map((arg) => JSON.stringify(arg, null, 2)).join('\n')));
    find('events').prepend(item);
    while (find('events').children.length > MOST_EVENTS) {
      find('events').lastElementChild.remove();
    }
  }

  function ask(event, room, done) {
    socket.emit(event, { room }, (answer) => {
      find('answer').textContent = answer.ok ? done : `${room}: ${answer.error}.`;
      // The button that was pressed may be gone.
      find('room').focus();
    });
  }

  function drop() {
    socket.removeAllListeners();
    socket.disconnect();
    socket = null;
  }

  function connect(token) {
    show('connecting', 'Connecting …');
    const path = new URL('socket.io/', document.baseURI).pathname;
    socket = io({ path, auth: token ? { token } : {}, forceNew: true });
    socket.onAny((event, ...args) => showEvent(event, args));
    socket.on('connected', (welcome) => {
      welcome.rooms.forEach((room) => joined.add(room));
      showRooms();
      const who = welcome.isAnonymous ? 'anonymously' : `as ${welcome.userId}`;
      show('connected', `Connected ${who}, as socket ${welcome.socketId}.`);
    });
    socket.on('room_joined', ({ room }) => {
      joined.add(room);
      showRooms();
    });
    socket.on('room_left', ({ room }) => {
      joined.delete(room);
      showRooms();
    });
    socket.on('connect_error', (error) => {
      // The client goes on trying by itself unless the service has refused it.
      if (socket.active) {
        show('connecting', `Not connected (${error.message}); trying again …`);
      } else {
        drop();
        show('refused', `Refused: ${error.message}.`);
      }
    });
    socket.on('disconnect', (reason) => {
      if (socket.active) {
        show('connecting', `Disconnected (${reason}); trying again …`);
      } else {
        drop();
        show('disconnected', `Disconnected by the service (${reason}).`);
      }
    });
  }

  find('connection').addEventListener('submit', (event) => {
    event.preventDefault();
    connect(find('token').value.trim());
  });

  find('disconnect').addEventListener('click', () => {
    drop();
    show('disconnected', 'Disconnected.');
    find('connect').focus();
  });

  find('join').addEventListener('submit', (event) => {
    event.preventDefault();
    const room = find('room').value.trim();
    ask('join_room', room, `Joined ${room}.`);
  });

  find('clear').addEventListener('click', () => {
    find('events').replaceChildren();
  });

  if (typeof io === 'function') {
    show('disconnected', 'Not connected.');
  } else {
    find('state').textContent = 'This build has no browser client, because npm was not there when it was built.'
      + ' Build again with npm to use this page. The service works without it:'
      + ' mvn -q -Plisten -Drooms=global shows events in a terminal.';
  }
})();
