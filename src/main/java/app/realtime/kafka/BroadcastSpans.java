package app.realtime.kafka;

import app.realtime.events.Publication;
import app.realtime.events.PushEvent;
import app.realtime.kafka.route.RecordContent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;

/**
 * A span for each broadcast of a record, whose parent is the span that the record's {@code traceparent} header names (W3C
 * Trace Context). Costs next to nothing where no spans are exported. Thread-safe.
 */
final class BroadcastSpans {

    private static final String SCOPE = "app.realtime.kafka";

    private static final TextMapGetter<RecordContent> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(RecordContent content) {
            return StreamSupport.stream(content.record().headers().spliterator(), false)
                    .map(Header::key)
                    .toList();
        }

        @Override
        public String get(RecordContent content, String key) {
            return content == null ? null : content.header(key).orElse(null);
        }
    };

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    BroadcastSpans(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer(SCOPE);
        propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    @SuppressWarnings("try") // The scope is there to be closed.
    Publication around(RecordContent content, PushEvent event, Supplier<Publication> broadcast) {
        Span span = tracer.spanBuilder("broadcast " + event.name())
                .setParent(propagator.extract(Context.root(), content, HEADERS))
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            Publication publication = broadcast.get();
            if (span.isRecording()) {
                describe(span, content, event, publication);
            }
            return publication;
        } catch (RuntimeException e) {
            span.recordException(e);
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    private static void describe(Span span, RecordContent content, PushEvent event, Publication publication) {
        span.setAttribute("messaging.system", "kafka");
        span.setAttribute("messaging.operation.type", "process");
        span.setAttribute("messaging.destination.name", content.record().topic());
        span.setAttribute(
                "messaging.destination.partition.id",
                Integer.toString(content.record().partition()));
        span.setAttribute("messaging.kafka.offset", content.record().offset());
        span.setAttribute("realtime.event", event.name());
        span.setAttribute("realtime.rooms", event.rooms().size());
        span.setAttribute("realtime.recipients", publication.recipients());
    }
}
