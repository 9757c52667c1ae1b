// Types of the client library, and of every event of the service.

/** ISO 8601 in UTC with milliseconds, by the service's clock. */
export type Timestamp = string;

/** Any JSON, as it came from whoever published it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Connected {
  socketId: string;
  userId: string;
  isAnonymous: boolean;
  rooms: string[];
  serverTime: Timestamp;
}

export interface ResponseNew {
  type: 'response.new';
  surveyId: string;
  responseId: string;
  response?: Json;
  metadata?: { projectId?: string; [name: string]: Json | undefined };
  timestamp: Timestamp;
}

export interface AnalyticsUpdate {
  type: 'analytics.update';
  surveyId?: string;
  projectId?: string;
  analytics?: Json;
  updateType?: string;
  timestamp: Timestamp;
}

export interface Coordinates {
  latitude: number;
  longitude: number;
}

export interface SurveyorLocation {
  type: 'surveyor.location';
  surveyorId: string;
  surveyId?: string;
  projectId?: string;
  /** Latitude and longitude stand in `coordinates`, or beside it. */
  location: { coordinates?: Coordinates; accuracy?: number; [name: string]: unknown };
  metadata?: { [name: string]: Json };
  timestamp: Timestamp;
}

export interface Notification {
  type: 'notification';
  notificationType?: string;
  title?: string;
  message?: string;
  priority: string;
  metadata?: { [name: string]: Json };
  timestamp: Timestamp;
}

export interface RoomChange {
  room: string;
  timestamp: Timestamp;
}

export interface RoomEntry {
  name: string;
  type: string;
  /** Absent for `global`. */
  id?: string;
  /** Connections that are in it. */
  connections: number;
}

export interface RoomsList {
  rooms: RoomEntry[];
  timestamp: Timestamp;
}

export interface Pong {
  timestamp: Timestamp;
}

export interface ServiceError {
  message: string;
  /** Such as `invalid_room`, `room_forbidden`, `token_expired`. */
  code?: string;
  room?: string;
}

export interface RateLimitExceeded {
  message: string;
  /** Milliseconds. */
  retryAfter: number;
}

export interface ServerShutdown {
  message: string;
}

export type State = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'refused' | 'disconnected';

export interface Status {
  readonly state: State;
  readonly connected: boolean;
  /** Why it is not connected. */
  readonly reason?: string;
  readonly socketId?: string;
  readonly userId?: string;
  readonly isAnonymous?: boolean;
  readonly rooms: string[];
  readonly transport?: 'polling' | 'websocket';
  /** Attempts to connect since the last success. */
  readonly attempts: number;
  readonly tokenExpiresAt?: Timestamp;
}

/** What the service sends. */
export interface ServiceEvents {
  connected: Connected;
  'response.new': ResponseNew;
  'analytics.update': AnalyticsUpdate;
  'surveyor.location': SurveyorLocation;
  notification: Notification;
  room_joined: RoomChange;
  room_left: RoomChange;
  rooms_list: RoomsList;
  pong: Pong;
  error: ServiceError;
  rate_limit_exceeded: RateLimitExceeded;
  server_shutdown: ServerShutdown;
}

/** What the library tells by itself. */
export interface ClientEvents {
  state: Status;
  /** With the reason of the official client. */
  disconnect: string;
  reconnected: Connected;
  token_renewed: { expiresAt?: Timestamp };
  token_error: { message: string; code?: string };
}

export interface WebSocketClientOptions {
  /** Where the service is. Default: where the library was loaded from; required in the npm package. */
  url?: string;
  /** A JSON Web Token, or a function that gets one: asked before each attempt to connect, and before the token expires. */
  token?: string | null | (() => string | Promise<string>);
  /** Default: true. */
  autoReconnect?: boolean;
  /** Whether people are shown the state of the connection, and notifications. Default: false. */
  enableToasts?: boolean;
  /** The path of the Socket.IO endpoint. Default: `socket.io/` below `url`. */
  path?: string;
  /** Default: polling, then websocket. */
  transports?: ('polling' | 'websocket')[];
  /** The longest wait before the first attempt to reconnect, in milliseconds. Default: 1000. */
  reconnectDelay?: number;
  /** The longest wait of all, in milliseconds. Default: 30 000. */
  maxReconnectDelay?: number;
  /** The official client, where it is not to be loaded from the service. */
  io?: (...args: any[]) => any;
  /** Texts of the toasts, for other languages. */
  texts?: Partial<Record<
    'connecting' | 'reconnecting' | 'refused' | 'disconnected' | 'reconnected' | 'shutdown' | 'slowDown' | 'error' | 'dismiss',
    string
  >>;
}

/** What promises of the library are rejected with. */
export class ClientError extends Error {
  readonly code: string;
}

/** @typeParam Custom payloads by event, for events of one's own. */
export class WebSocketClient<Custom extends object = {}> {
  constructor(options?: WebSocketClientOptions);

  /** Connects; fulfilled when the service has said who this is. */
  connect(): Promise<Connected>;

  /** Ends it; rooms are forgotten, listeners stay. */
  disconnect(): void;

  on<Name extends keyof Known<Custom>>(event: Name, listener: (data: Known<Custom>[Name]) => void): this;
  on(event: '*', listener: (event: string, data: unknown) => void): this;
  on(event: string, listener: (...data: unknown[]) => void): this;

  once<Name extends keyof Known<Custom>>(event: Name, listener: (data: Known<Custom>[Name]) => void): this;
  once(event: string, listener: (...data: unknown[]) => void): this;

  /** Without a listener: all of the event. */
  off(event: string, listener?: (...data: any[]) => void): this;

  joinSurvey(id: string | number): Promise<RoomChange>;
  joinProject(id: string | number): Promise<RoomChange>;

  /** Joins a room, now or when it is connected, and again after each reconnect. */
  joinRoom(room: string): Promise<RoomChange>;
  leaveRoom(room: string): Promise<Pick<RoomChange, 'room'> & Partial<RoomChange>>;
  getRooms(): Promise<RoomEntry[]>;

  /** @returns the service's time, and how long the way there and back took, in milliseconds */
  ping(): Promise<{ timestamp: Timestamp; latency: number }>;

  getStatus(): Status;
}

type Known<Custom> = ServiceEvents & ClientEvents & Custom;
