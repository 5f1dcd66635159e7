// The shaders of network-light.js. A tie is a ribbon bent to one side, or a line where there are many, and broken where
// it is only planned; whether it lives in a window is decided here,
// so that moving through the years sends two numbers and nothing else.

const SHARED = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform vec2 u_size;
uniform vec2 u_offset;
uniform float u_scale;
uniform float u_grain;
uniform float u_part;
uniform int u_marked;
uniform usampler2D u_amounts;
uniform int u_rows;
uniform int u_now_at;
uniform vec3 u_tones[12];
uvec4 amounts(int at, int actor) { return texelFetch(u_amounts, ivec2(actor % 1024, at * u_rows + actor / 1024), 0); }
vec4 clip(vec2 pixel) { return vec4(2.0 * pixel.x / u_size.x - 1.0, 1.0 - 2.0 * pixel.y / u_size.y, 0.0, 1.0); }
`;

export const TIES = `${SHARED}
layout(location = 0) in ivec2 a_ends;
layout(location = 1) in ivec2 a_days;
layout(location = 2) in vec4 a_places;
layout(location = 3) in float a_planned;
uniform ivec2 u_now;
uniform ivec2 u_before;
uniform int u_segments;
out vec4 v_colour;
out float v_along;
flat out float v_planned;
vec4 ribbon(vec2 start, vec2 end) {
  int corner = gl_VertexID % (2 * u_segments + 2);
  vec2 way = end - start;
  vec2 middle = (start + end) / 2.0 + 0.14 * vec2(-way.y, way.x);
  float t = float(corner / 2) / float(u_segments);
  vec2 along = mix(middle - start, end - middle, t);
  vec2 across = normalize(vec2(-along.y, along.x) + vec2(1e-6, 0.0));
  float side = corner % 2 == 0 ? -0.5 : 0.5;
  return clip(mix(mix(start, middle, t), mix(middle, end, t), t) + across * side * 1.3 * u_grain);
}
float holds(ivec2 window) { return a_days.x < window.y && a_days.y > window.x ? 1.0 : 0.0; }
void main() {
  float life = mix(holds(u_before), holds(u_now), u_part);
  if (life == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec2 start = u_offset + u_scale * a_places.xy;
  vec2 end = u_offset + u_scale * a_places.zw;
  gl_Position = u_segments > 0 ? ribbon(start, end) : clip(gl_VertexID % 2 == 0 ? start : end);
  float along = u_segments > 0 ? float((gl_VertexID % (2 * u_segments + 2)) / 2) / float(u_segments) : float(gl_VertexID % 2);
  v_along = along * distance(start, end);
  v_planned = a_planned;
  bool touches = a_ends.x == u_marked || a_ends.y == u_marked;
  float strength = u_marked < 0 ? 0.45 : touches ? 0.85 : 0.08;
  v_colour = vec4(u_tones[amounts(u_now_at, a_ends.x).w], life * strength);
}`;

export const TIE_PIXEL = `#version 300 es
precision highp float;
in vec4 v_colour;
in float v_along;
flat in float v_planned;
out vec4 colour;
void main() {
  if (v_planned > 0.5 && mod(v_along, 8.0) > 4.0) discard;
  colour = v_colour;
}`;

export const DOTS = `${SHARED}
layout(location = 0) in vec2 a_place;
layout(location = 1) in float a_near;
uniform int u_before_at;
uniform int u_size_by;
uniform float u_ratio;
uniform vec3 u_away;
uniform vec3 u_ink;
uniform vec3 u_ground;
flat out vec3 v_fill;
flat out vec3 v_rim;
flat out float v_alpha;
flat out float v_radius;
flat out float v_width;
float radius(uint amount) { return amount == 0u ? 1.8 : 2.6 + 1.7 * sqrt(float(amount)); }
void main() {
  uvec4 now = amounts(u_now_at, gl_VertexID);
  bool here = now.x > 0u;
  gl_Position = clip(u_offset + u_scale * a_place);
  v_width = here ? (gl_VertexID == u_marked ? 2.5 : 1.0) * u_ratio : 0.0;
  v_radius = mix(radius(amounts(u_before_at, gl_VertexID)[u_size_by]), radius(now[u_size_by]), u_part) * u_grain * u_ratio;
  gl_PointSize = 2.0 * v_radius + v_width + 2.0;
  v_fill = !here ? u_away : u_tones[now.w];
  v_rim = !here ? v_fill : gl_VertexID == u_marked ? u_ink : u_ground;
  v_alpha = u_marked >= 0 && a_near == 0.0 ? 0.3 : 1.0;
}`;

export const DOT_PIXEL = `#version 300 es
precision mediump float;
flat in vec3 v_fill;
flat in vec3 v_rim;
flat in float v_alpha;
flat in float v_radius;
flat in float v_width;
out vec4 colour;
void main() {
  float reach = v_radius + v_width / 2.0;
  float distance = length(gl_PointCoord - 0.5) * (2.0 * v_radius + v_width + 2.0);
  float rim = smoothstep(-0.5, 0.5, distance - (v_radius - v_width / 2.0));
  colour = vec4(mix(v_fill, v_rim, rim), v_alpha * (1.0 - smoothstep(-0.5, 0.5, distance - reach)));
  if (colour.a == 0.0) discard;
}`;
