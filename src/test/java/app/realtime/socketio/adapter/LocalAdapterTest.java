package app.realtime.socketio.adapter;

class LocalAdapterTest extends AdapterContract {

    @Override
    Adapter newAdapter() {
        return new LocalAdapter();
    }
}
