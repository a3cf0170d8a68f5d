// The words of what is drawn in the browser; the pages' own words come from the server.

const ENGLISH = {
  theme: "Change between light and dark", help: "Keyboard shortcuts", close: "Close",
  keys: [
    ["/", "search"], ["j k", "next, previous row"], ["Enter", "open the row"], ["x", "show the row on map and timeline"],
    ["g o", "overview"], ["g f", "facts"], ["g a", "actors"], ["g r", "reports"], ["g m", "map"], ["g t", "timeline"],
    ["g n", "network"], ["g c", "contested"], ["g b", "brief"], ["u", "undo the last decision, where it is offered"], ["?", "this help"],
  ],
  loading: "Loading …", failed: "This part could not be drawn", nothing: "Nothing to draw here.",
  from: "From", to: "To", since: "since", until: "until", period: "Period", all: "all", everything: "Everything", closer: "Closer", farther: "Farther",
  earlier: "Earlier", later: "Later", undated: "No time is told", inferred: "not told; bounds inferred",
  map: "Map of facts; every place is in the list beside it", unplaced: "Places known by name only",
  unplacedWhy: "No coordinates are known for these, so they are not on the map.",
  point: "place", town: "town", region: "region", country: "country", wide: "wide area", cluster: "facts here", show: "Show",
  routes: "Routes", borders: "Borders: Natural Earth", names: "Place names: GeoNames (CC BY 4.0)", radius: "where it may be",
  timeline: "Timeline", reports: (n) => `${n} ${n === 1 ? "report" : "reports"}`, origins: (n) => `${n} ${n === 1 ? "origin" : "origins"}`, shown: "shown",
  network: "Network of actors", kind: "Kind", choose: "Choose an actor or a line to read the facts behind it.",
  facts: "facts", net: (actors, lines) => `${actors} ${actors === 1 ? "actor" : "actors"}, ${lines} ${lines === 1 ? "line" : "lines"}`, leftOff: "weaker links are left out", actor: "Open the actor's page", fit: "Whole picture",
  plot: "Figures over time", contradicts: "contradicts", at: "outlet", record: "record",
  uploading: "Adding", done: "added", known: "already there", tooBig: "too large",
  drop: "Drop files to add them to the room", selected: "Words chosen", roles: {},
};

const SPANISH = {
  theme: "Cambiar entre claro y oscuro", help: "Atajos de teclado", close: "Cerrar",
  keys: [
    ["/", "buscar"], ["j k", "fila siguiente, anterior"], ["Enter", "abrir la fila"], ["x", "mostrar la fila en mapa y cronología"],
    ["g o", "panorama"], ["g f", "hechos"], ["g a", "actores"], ["g r", "noticias"], ["g m", "mapa"], ["g t", "cronología"],
    ["g n", "red"], ["g c", "en disputa"], ["g b", "informe"], ["u", "deshacer la última decisión, donde se ofrezca"], ["?", "esta ayuda"],
  ],
  loading: "Cargando …", failed: "No se pudo dibujar esta parte", nothing: "Nada que dibujar aquí.",
  from: "Desde", to: "Hasta", since: "desde", until: "hasta", period: "Periodo", all: "todo", everything: "Todo", closer: "Acercar", farther: "Alejar",
  earlier: "Antes", later: "Después", undated: "No se dice cuándo", inferred: "no se dice; límites inferidos",
  map: "Mapa de hechos; cada lugar está en la lista contigua", unplaced: "Lugares conocidos solo por su nombre",
  unplacedWhy: "No se conocen sus coordenadas; por eso no están en el mapa.",
  point: "lugar", town: "localidad", region: "región", country: "país", wide: "zona amplia", cluster: "hechos aquí", show: "Mostrar",
  routes: "Rutas", borders: "Fronteras: Natural Earth", names: "Topónimos: GeoNames (CC BY 4.0)", radius: "dónde puede estar",
  timeline: "Cronología", reports: (n) => `${n} ${n === 1 ? "noticia" : "noticias"}`, origins: (n) => `${n} ${n === 1 ? "origen" : "orígenes"}`, shown: "mostrados",
  network: "Red de actores", kind: "Tipo", choose: "Elija un actor o una línea para leer los hechos.",
  facts: "hechos", net: (actors, lines) => `${actors} ${actors === 1 ? "actor" : "actores"}, ${lines} ${lines === 1 ? "línea" : "líneas"}`, leftOff: "vínculos menores se omiten", actor: "Abrir la página del actor", fit: "Todo el dibujo",
  plot: "Cifras en el tiempo", contradicts: "contradice", at: "medio", record: "registro",
  uploading: "Agregando", done: "agregados", known: "ya estaba", tooBig: "demasiado grande",
  drop: "Suelte archivos para agregarlos a la sala", selected: "Palabras elegidas",
  roles: { where: "dónde", from: "desde", via: "vía", to: "hacia", target: "objetivo", subject: "sujeto", agent: "agente", recipient: "destinatario", victim: "víctima", place: "lugar" },
};

export const words = document.documentElement.lang.startsWith("es") ? SPANISH : ENGLISH;
