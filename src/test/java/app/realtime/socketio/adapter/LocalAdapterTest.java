package app.realtime.socketio.adapter;

class LocalAdapterTest extends AdapterContract {

    @Override
    protected Adapter newAdapter() {
        return new LocalAdapter();
    }
}
