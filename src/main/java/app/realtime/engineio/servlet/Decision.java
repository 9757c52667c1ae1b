package app.realtime.engineio.servlet;

import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the gate has decided while the request waited without a thread; the request then comes to the servlet once more. */
record Decision(HandshakeRequest handshake, Admission admission) {

    static final String ATTRIBUTE = Decision.class.getName();

    private static final Logger LOG = Logger.getLogger(Decision.class.getName());

    static void await(
            HttpServletRequest request,
            HttpServletResponse response,
            HandshakeRequest handshake,
            CompletionStage<Admission> admission) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        admission.thenAccept(decided -> {
            try {
                request.setAttribute(ATTRIBUTE, new Decision(handshake, decided));
                context.dispatch();
            } catch (IllegalStateException e) {
                LOG.log(Level.FINE, "A client went away before it was admitted", e);
                if (decided instanceof Admission.Admitted admitted) {
                    admitted.release().run();
                }
            }
        });
    }
}
