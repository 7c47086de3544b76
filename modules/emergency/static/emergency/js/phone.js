// What the pages of 112 share: sending with the site's token, and where the phone is.
export const WAIT = 8_000;
export const clock = (at = Date.now()) => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" }).format(at);

function token() {
  const name = document.body.dataset.csrfCookie;
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// A page that the phone kept came without a token: a living one brings it.
export async function post(url, fields) {
  if (!token()) await fetch(location.pathname, { credentials: "same-origin", signal: AbortSignal.timeout(WAIT) });
  return fetch(url, {
    method: "POST", body: new URLSearchParams(fields), credentials: "same-origin", signal: AbortSignal.timeout(WAIT),
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
  });
}

export const place = ({ coords }) => ({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6), accuracy: coords.accuracy.toFixed(0) });
export const watch = (found, failed) => navigator.geolocation?.watchPosition(found, failed, { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 });
