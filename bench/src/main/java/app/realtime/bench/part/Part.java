package app.realtime.bench.part;

import app.realtime.bench.server.Server;
import java.util.Map;

/** One part of the benchmark that runs against servers that are warm and otherwise idle. */
public interface Part {

    /** Its name on the command line and in the figures. */
    String name();

    /** Lets the server's code be compiled by what is measured later. */
    void warmUp(Server server);

    /** One measurement: values by metric. */
    Map<String, Double> measure(Server server);
}
