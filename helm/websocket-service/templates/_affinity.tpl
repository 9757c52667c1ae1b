{{/* Annotations of the Ingress that keep the requests of a session on one pod, by controller; and times that do not cut
     a websocket or a waiting poll. */}}
{{- define "websocket-service.ingressAffinity" -}}
{{- $affinity := .Values.ingress.sessionAffinity }}
{{- if eq $affinity.controller "nginx" }}
nginx.ingress.kubernetes.io/affinity: cookie
nginx.ingress.kubernetes.io/affinity-mode: persistent
nginx.ingress.kubernetes.io/session-cookie-name: {{ $affinity.cookieName }}
nginx.ingress.kubernetes.io/session-cookie-samesite: {{ $affinity.sameSite }}
nginx.ingress.kubernetes.io/session-cookie-secure: {{ or .Values.ingress.tls (eq $affinity.sameSite "None") | empty | not | quote }}
nginx.ingress.kubernetes.io/session-cookie-change-on-failure: "true"
nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"
nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"
{{- if .Values.tls.existingSecret }}
nginx.ingress.kubernetes.io/backend-protocol: HTTPS
{{- end }}
{{- else if eq $affinity.controller "haproxy" }}
haproxy.org/cookie-persistence: {{ $affinity.cookieName }}
haproxy.org/timeout-tunnel: 1h
{{- if .Values.tls.existingSecret }}
haproxy.org/server-ssl: "true"
{{- end }}
{{- end }}
{{- end }}

{{/* The same of the Service, where the controller reads them there. */}}
{{- define "websocket-service.serviceAffinity" -}}
{{- $affinity := .Values.ingress.sessionAffinity }}
{{- if eq $affinity.controller "traefik" }}
traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
traefik.ingress.kubernetes.io/service.sticky.cookie.name: {{ $affinity.cookieName }}
traefik.ingress.kubernetes.io/service.sticky.cookie.httponly: "true"
traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: {{ lower $affinity.sameSite }}
traefik.ingress.kubernetes.io/service.sticky.cookie.secure: {{ or .Values.ingress.tls (eq $affinity.sameSite "None") | empty | not | quote }}
{{- end }}
{{- end }}
