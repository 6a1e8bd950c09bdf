/* GraphML: who acted upon whom. A node is somebody (an entry of the lexicon, else a
 * code, else a name); an edge is a pair of them and a type of act, with how often,
 * the sum of Goldstein's values, and the first and last day.
 *
 * Nodes and edges are kept until the end: memory grows with how many differ, not
 * with how many events there are. */
#include "record/export/export.h"

#include "base/day.h"
#include "record/export/xml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Nodes and edges: a network of more is drawn by nobody, and would fill the memory. */
#define GRAPH_MAX 20000000u

static const ch_selection selection = {.statuses = CH_STATUSES_DONE};

typedef struct {
    const char *name;
    const char *code; /* "" where unknown; so the others */
    const char *country;
    const char *sector;
    const char *entity;
} node;

typedef struct {
    uint32_t from, to;
    const char *type;
    int32_t quad;
    int32_t first, last; /* days; INT32_MAX, INT32_MIN where unknown */
    uint64_t count;
    double goldstein;
} edge;

typedef struct {
    const ch_lexicon *lexicon;
    ch_output out;
    ch_arena arena;
    ch_map nodes_by_key, edges_by_key, types;
    node *nodes;
    edge *edges;
    uint32_t nnode, nedge, node_room, edge_room;
    bool failed;
} graph;

/* ---------------------------------------------------------------- gathering */

static void *
grow(void *array, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return array;
    uint32_t wanted = *room != 0 ? 2 * *room : 256;
    void *more = reallocarray(array, wanted, size);
    if (more != NULL)
        *room = wanted;
    return more;
}

static const char *
keep(graph *g, ch_str s)
{
    const char *copy = ch_arena_copy(&g->arena, s.at != NULL ? s.at : "", s.len);
    g->failed = g->failed || copy == NULL;
    return copy != NULL ? copy : "";
}

/* The node of a participant, or CH_NONE. */
static uint32_t
node_of(graph *g, const json_object *party)
{
    ch_str name = ch_json_text(party, "name"), code = ch_json_text(party, "code"), entity = ch_json_text(party, "entity");
    ch_text key = {0};
    if (entity.at != NULL)
        ch_text_printf(&key, "e%.*s", (int)entity.len, entity.at);
    else if (code.at != NULL)
        ch_text_printf(&key, "c%.*s", (int)code.len, code.at);
    else if (name.at != NULL)
        ch_text_printf(&key, "n%.*s", (int)name.len, name.at);
    else
        return CH_NONE;
    uint32_t *known = key.failed ? NULL : ch_map_get(&g->nodes_by_key, (ch_str){key.at, key.len});
    uint32_t index = known != NULL ? *known : CH_NONE;
    node *more = known == NULL && g->nnode < GRAPH_MAX ? grow(g->nodes, g->nnode, &g->node_room, sizeof *g->nodes) : NULL;
    if (known == NULL && more != NULL && !key.failed) {
        g->nodes = more;
        index = g->nnode;
        const char *country = ch_country_name(g->lexicon, code);
        /* of those who only share a code the code is the name: "KENCOP" are many */
        ch_str label = entity.at != NULL || code.at == NULL ? name : country != NULL ? ch_str_of(country) : code;
        g->nodes[g->nnode++] = (node){.name = keep(g, label),
                                      .code = keep(g, code),
                                      .country = keep(g, ch_json_text(party, "country")),
                                      .sector = keep(g, ch_json_text(party, "sector")),
                                      .entity = keep(g, entity)};
        const char *kept = keep(g, (ch_str){key.at, key.len});
        g->failed = g->failed || ch_map_put(&g->nodes_by_key, ch_str_of(kept), index, NULL) == NULL;
    } else if (known == NULL)
        g->failed = true;
    ch_text_free(&key);
    return index;
}

static const char *
type_of(graph *g, const json_object *record)
{
    ch_str type = ch_json_text(record, "type");
    uint32_t *known = type.at != NULL ? ch_map_get(&g->types, type) : NULL;
    if (known != NULL)
        return g->types.keys[*known].at;
    const char *kept = keep(g, type);
    g->failed = g->failed || ch_map_put(&g->types, ch_str_of(kept), g->types.count, NULL) == NULL;
    return kept;
}

static edge *
edge_of(graph *g, uint32_t from, uint32_t to, const char *type)
{
    char key[128];
    int len = snprintf(key, sizeof key, "%u %u %.64s", from, to, type);
    uint32_t *known = ch_map_get(&g->edges_by_key, (ch_str){key, (size_t)len});
    if (known != NULL)
        return &g->edges[*known];
    edge *more = g->nedge < GRAPH_MAX ? grow(g->edges, g->nedge, &g->edge_room, sizeof *g->edges) : NULL;
    const char *kept = keep(g, (ch_str){key, (size_t)len});
    if (more == NULL || g->failed || ch_map_put(&g->edges_by_key, ch_str_of(kept), g->nedge, NULL) == NULL) {
        g->failed = true;
        return NULL;
    }
    g->edges = more;
    g->edges[g->nedge] = (edge){.from = from, .to = to, .type = type, .first = INT32_MAX, .last = INT32_MIN};
    return &g->edges[g->nedge++];
}

static bool
take_pair(void *context, ch_row *row)
{
    graph *g = context;
    uint32_t from = node_of(g, row->actor), to = node_of(g, row->recipient);
    int32_t day;
    if (g->failed)
        return false;
    if (from == CH_NONE || to == CH_NONE)
        return true;
    edge *e = edge_of(g, from, to, type_of(g, row->record));
    if (e == NULL || g->failed)
        return false;
    double goldstein = json_object_get_double(ch_json_member(row->record, "goldstein"));
    e->count++;
    e->goldstein += isfinite(goldstein) ? goldstein : 0;
    e->quad = json_object_get_int(ch_json_member(row->record, "quad"));
    if (ch_record_day(row->report, row->record, &day)) {
        e->first = day < e->first ? day : e->first;
        e->last = day > e->last ? day : e->last;
    }
    return true;
}

/* ------------------------------------------------------------------ writing */

static void
put_attribute(ch_xml *xml, const char *name, const char *value)
{
    ch_xml_attribute(xml, name, ch_str_of(value));
}

static void
put_data(ch_xml *xml, const char *key, const char *value)
{
    if (value[0] == '\0')
        return;
    ch_xml_begin(xml, "data");
    put_attribute(xml, "key", key);
    ch_xml_text(xml, ch_str_of(value));
    ch_xml_end(xml);
}

static void
put_number(ch_xml *xml, const char *key, double value, int digits)
{
    char made[400];
    snprintf(made, sizeof made, "%.*f", digits, value);
    put_data(xml, key, made);
}

static void
put_day(ch_xml *xml, const char *key, int32_t day)
{
    char made[16];
    if (day == INT32_MAX || day == INT32_MIN)
        return;
    ch_day_print(made, day);
    put_data(xml, key, made);
}

static void
put_keys(ch_xml *xml)
{
    static const char *const keys[][4] = {
        {"label", "node", "label", "string"},
        {"code", "node", "code", "string"},
        {"country", "node", "country", "string"},
        {"sector", "node", "sector", "string"},
        {"entity", "node", "entity", "string"},
        {"type", "edge", "type", "string"},
        {"quad", "edge", "quad", "int"},
        {"count", "edge", "count", "long"},
        {"goldstein", "edge", "goldstein", "double"},
        {"first", "edge", "first", "string"},
        {"last", "edge", "last", "string"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ch_xml_begin(xml, "key");
        put_attribute(xml, "id", keys[i][0]);
        put_attribute(xml, "for", keys[i][1]);
        put_attribute(xml, "attr.name", keys[i][2]);
        put_attribute(xml, "attr.type", keys[i][3]);
        ch_xml_end(xml);
    }
}

static void
put_node(ch_xml *xml, const graph *g, uint32_t index)
{
    const node *n = &g->nodes[index];
    char id[16];
    snprintf(id, sizeof id, "n%u", index + 1);
    ch_xml_begin(xml, "node");
    put_attribute(xml, "id", id);
    put_data(xml, "label", n->name);
    put_data(xml, "code", n->code);
    put_data(xml, "country", n->country);
    put_data(xml, "sector", n->sector);
    put_data(xml, "entity", n->entity);
    ch_xml_end(xml);
}

static void
put_edge(ch_xml *xml, const graph *g, uint32_t index)
{
    const edge *e = &g->edges[index];
    char id[16];
    ch_xml_begin(xml, "edge");
    snprintf(id, sizeof id, "e%u", index + 1);
    put_attribute(xml, "id", id);
    snprintf(id, sizeof id, "n%u", e->from + 1);
    put_attribute(xml, "source", id);
    snprintf(id, sizeof id, "n%u", e->to + 1);
    put_attribute(xml, "target", id);
    put_data(xml, "type", e->type);
    if (e->quad >= 1 && e->quad <= 4)
        put_number(xml, "quad", e->quad, 0);
    put_number(xml, "count", (double)e->count, 0);
    put_number(xml, "goldstein", e->goldstein, 1);
    put_day(xml, "first", e->first);
    put_day(xml, "last", e->last);
    ch_xml_end(xml);
}

static ch_status
give(ch_export *x, graph *g, ch_xml *xml, bool all, ch_error *err)
{
    ch_status status = ch_xml_move(xml, &g->out.text, all, err);
    return status == CH_OK ? ch_output_give(x, &g->out, all, err) : status;
}

static ch_status
write_graph(ch_export *x, graph *g, ch_xml *xml, ch_error *err)
{
    ch_status status = CH_OK;
    xmlTextWriterSetIndent(xml->writer, 1);
    ch_xml_begin(xml, "graphml");
    put_attribute(xml, "xmlns", "http://graphml.graphdrawing.org/xmlns");
    put_keys(xml);
    ch_xml_begin(xml, "graph");
    put_attribute(xml, "id", "actors");
    put_attribute(xml, "edgedefault", "directed");
    for (uint32_t i = 0; status == CH_OK && i < g->nnode; i++) {
        put_node(xml, g, i);
        status = give(x, g, xml, false, err);
    }
    for (uint32_t i = 0; status == CH_OK && i < g->nedge; i++) {
        put_edge(xml, g, i);
        status = give(x, g, xml, false, err);
    }
    return status == CH_OK ? give(x, g, xml, true, err) : status;
}

/* ------------------------------------------------------------------- format */

static ch_status
begin(ch_export *x, ch_error *err)
{
    graph *g = calloc(1, sizeof *g);
    x->state = g;
    if (g == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a network");
    g->lexicon = x->lexicon;
    ch_arena_init(&g->arena, 0);
    return CH_OK;
}

static ch_status
take_report(ch_export *x, ch_report *report, ch_error *err)
{
    const ch_layout pairs = {.rows = CH_ROWS_DYADS, .statuses = selection.statuses};
    uint64_t serial = 0;
    return ch_rows_of(x, report, &pairs, &serial, take_pair, x->state, err);
}

static ch_status
end(ch_export *x, ch_error *err)
{
    graph *g = x->state;
    ch_xml xml;
    ch_status status = ch_xml_open(&xml, err);
    if (status == CH_OK)
        status = write_graph(x, g, &xml, err);
    x->counts.rows = g->nedge;
    ch_xml_free(&xml);
    return status;
}

static void
free_graph(ch_export *x)
{
    graph *g = x->state;
    if (g == NULL)
        return;
    ch_map_free(&g->nodes_by_key);
    ch_map_free(&g->edges_by_key);
    ch_map_free(&g->types);
    free(g->nodes);
    free(g->edges);
    ch_text_free(&g->out.text);
    ch_arena_free(&g->arena);
    free(g);
}

const ch_export_format ch_export_graphml = {
    .name = "graphml",
    .label = "who acted upon whom, as a network (GraphML)",
    .begin = begin,
    .report = take_report,
    .end = end,
    .free = free_graph,
};
