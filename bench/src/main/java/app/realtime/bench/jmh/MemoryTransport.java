package app.realtime.bench.jmh;

import app.realtime.engineio.Batch;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;

/** A websocket to nowhere: it counts its packets and forgets them. Thread-safe. */
record MemoryTransport(Counter counter) implements Transport {

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    /** A write never waits for anybody. */
    public boolean mayWait() {
        return false;
    }

    @Override
    public void write(Batch batch) {
        counter.add(batch.packets().size());
    }

    @Override
    public void close(CloseReason reason) {
        // There is nothing to close.
    }
}
