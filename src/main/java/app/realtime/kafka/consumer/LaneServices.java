package app.realtime.kafka.consumer;

import java.util.concurrent.ScheduledExecutorService;

/** What all lanes share. Each part is thread-safe. */
record LaneServices(
        RecordHandler handler,
        Aside aside,
        FeedFigures figures,
        Workers workers,
        Pace pace,
        ScheduledExecutorService timer,
        HangLog log) {}
