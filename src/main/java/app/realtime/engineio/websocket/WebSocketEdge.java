package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Codec;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns HTTP requests into websockets, through {@link ServerContainer#upgradeHttpToWebSocket} (Jakarta WebSocket 2.1):
 * unlike an annotated endpoint this sees the request, and can be refused before it is a websocket.
 */
public final class WebSocketEdge {

    private final EngineServer server;
    private final ServerContainer container;

    public WebSocketEdge(EngineServer server, ServerContainer container) {
        this.server = server;
        this.container = container;
    }

    /**
     * Opens a session that begins on a websocket. Its admission is given back if it does not come to that: the container
     * may refuse the handshake without telling, and a client may go before its websocket is open.
     */
    public void open(
            HttpServletRequest request,
            HttpServletResponse response,
            HandshakeRequest handshake,
            Admission.Admitted admitted)
            throws IOException {
        AtomicBoolean settled = new AtomicBoolean();
        Runnable giveBack = () -> {
            if (settled.compareAndSet(false, true)) {
                admitted.release().run();
            }
        };
        boolean switched = false;
        try {
            upgrade(
                    request,
                    response,
                    Codec.of(handshake.revision(), handshake.wantsBase64()),
                    transport -> settled.compareAndSet(false, true)
                            ? Optional.of(server.open(handshake, transport, admitted))
                            : Optional.empty());
            switched = response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
        } finally {
            if (!switched) {
                giveBack.run();
            } else if (!settled.get()) {
                server.afterUpgradeTimeout(giveBack);
            }
        }
    }

    /**
     * Moves a session from polling to a websocket.
     *
     * @param base64 whether the client cannot take bytes on it
     */
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Session session, boolean base64)
            throws IOException {
        upgrade(
                request,
                response,
                Codec.of(session.revision(), base64),
                transport -> Optional.of(session).filter(open -> open.offerUpgrade(transport)));
    }

    private void upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            Codec codec,
            WebSocketEndpoint.Admittance admittance)
            throws IOException {
        WebSocketEndpoint endpoint =
                new WebSocketEndpoint(admittance, codec, server.options().maxPayloadBytes(), server.observer());
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(
                        WebSocketEndpoint.class, request.getServletPath())
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(endpoint);
                    }

                    /** Origins are the business of the gate. */
                    @Override
                    public boolean checkOrigin(String origin) {
                        return true;
                    }
                })
                .build();
        try {
            container.upgradeHttpToWebSocket(new DiscreetRequest(request), response, config, Map.of());
        } catch (DeploymentException e) {
            throw new IOException("The container could not make this request a websocket", e);
        }
    }
}
