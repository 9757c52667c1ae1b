package app.realtime.clients;

/** A client that goes through all checks, on threads or in a process of its own, until it is closed. */
interface ClientRun extends AutoCloseable {

    Outcomes outcomes();

    @Override
    void close();
}
