{{- define "websocket-service.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* 52 characters, so that the longest suffix fits. */}}
{{- define "websocket-service.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- $name := include "websocket-service.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "websocket-service.selectorLabels" -}}
app.kubernetes.io/name: {{ include "websocket-service.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The pods of the service, and not the one of `helm test`. */}}
{{- define "websocket-service.podSelector" -}}
{{ include "websocket-service.selectorLabels" . }}
app.kubernetes.io/component: server
{{- end }}

{{- define "websocket-service.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "websocket-service.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Annotations of an object: those of all, and its own, as a list of context and map. Nothing where there are none. */}}
{{- define "websocket-service.annotations" -}}
{{- with merge (dict) (default dict (index . 1)) (index . 0).Values.commonAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end }}

{{- define "websocket-service.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "websocket-service.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "websocket-service.image" -}}
{{- $name := .Values.image.repository }}
{{- with .Values.image.registry }}
{{- $name = printf "%s/%s" . $name }}
{{- end }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $name .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $name (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* A value of `config` as text. A number of a values file is a float, which would be written as 2e+06. */}}
{{- define "websocket-service.text" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) }}
{{- int64 . }}
{{- else }}
{{- toString . }}
{{- end }}
{{- end }}

{{- define "websocket-service.publicHostPorts" -}}
{{- if .Values.config.PUBLIC_HOST_PORTS }}
{{- .Values.config.PUBLIC_HOST_PORTS }}
{{- else }}
{{- $ports := list "80" "443" (int64 .Values.service.port | toString) }}
{{- with .Values.service.nodePort }}
{{- $ports = append $ports (int64 . | toString) }}
{{- end }}
{{- $aliases := list }}
{{- range uniq $ports }}
{{- $aliases = append $aliases (printf "*:%s" .) }}
{{- end }}
{{- join "," $aliases }}
{{- end }}
{{- end }}

{{/* Seconds from the beginning of a pod's end until its connections are closed. 20 is the service's own default. */}}
{{- define "websocket-service.drainTime" -}}
{{- $drain := .Values.config.DRAIN_SECONDS }}
{{- if kindIs "invalid" $drain }}{{ $drain = 20 }}{{ end }}
{{- add (int64 .Values.preStopSeconds) (int64 $drain) }}
{{- end }}

{{- define "websocket-service.gracePeriod" -}}
{{- if kindIs "invalid" .Values.terminationGracePeriodSeconds }}
{{- add (include "websocket-service.drainTime" . | int64) 25 }}
{{- else }}
{{- int64 .Values.terminationGracePeriodSeconds }}
{{- end }}
{{- end }}

{{- define "websocket-service.scheme" -}}
{{- ternary "https" "http" (not (empty .Values.tls.existingSecret)) }}
{{- end }}
