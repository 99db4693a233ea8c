// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dashboards/dashboard_decoder.h"

#include "models/http/json_reader.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <limits>

namespace atalaya::dashboards {

using namespace Qt::Literals::StringLiterals;

namespace {

using http::Json;

QString textAt(const Json &object, const char *key)
{
    return http::stringAt(object, key).value_or(QString());
}

/// A member that is an object, or an empty one: Grafana leaves out what is at its default.
const Json &objectOrEmpty(const Json &object, const char *key)
{
    static const Json empty = Json::object();
    const Json *found = http::objectAt(object, key);
    return found ? *found : empty;
}

PanelType typeOf(const QString &name)
{
    static const QHash<QString, PanelType> types{{u"timeseries"_s, PanelType::TimeSeries},
                                                 {u"graph"_s, PanelType::TimeSeries},
                                                 {u"stat"_s, PanelType::Stat},
                                                 {u"singlestat"_s, PanelType::Stat},
                                                 {u"gauge"_s, PanelType::Gauge},
                                                 {u"heatmap"_s, PanelType::Heatmap},
                                                 {u"bargauge"_s, PanelType::Gauge},
                                                 {u"table"_s, PanelType::Table},
                                                 {u"table-old"_s, PanelType::Table},
                                                 {u"text"_s, PanelType::Text},
                                                 {u"row"_s, PanelType::Row}};
    return types.value(name, PanelType::Unsupported);
}

QRect gridOf(const Json &panel)
{
    const Json &position = objectOrEmpty(panel, "gridPos");
    const auto number = [&](const char *key, int otherwise, int most) {
        return static_cast<int>(
            std::clamp(http::numberAt(position, key).value_or(otherwise), 0.0, static_cast<double>(most)));
    };
    return {number("x", 0, 23), number("y", 0, 100'000), std::max(1, number("w", 12, 24)),
            std::max(1, number("h", 8, 200))};
}

/// The kind of a target's or panel's data source, lower case; empty where it is the default one or a variable.
QString sourceTypeOf(const Json &json)
{
    if (const Json *source = http::objectAt(json, "datasource")) {
        const QString type = textAt(*source, "type").toLower();
        return type.startsWith(u"$") || type == u"datasource" || type == u"mixed" ? QString() : type;
    }
    return {};
}

bool isPrometheus(const QString &sourceType)
{
    return sourceType.isEmpty() || sourceType.contains(u"prometheus") || sourceType.contains(u"mimir") ||
           sourceType.contains(u"victoriametrics");
}

QList<Target> targetsOf(const Json &panel)
{
    QList<Target> targets;
    const Json *list = http::arrayAt(panel, "targets");
    if (!list)
        return targets;
    for (const Json &each : *list) {
        if (!each.is_object() || !isPrometheus(sourceTypeOf(each)))
            continue;
        Target target;
        target.refId = textAt(each, "refId");
        target.expr = textAt(each, "expr");
        target.legend = textAt(each, "legendFormat");
        target.instant = http::boolAt(each, "instant").value_or(false);
        target.hidden = http::boolAt(each, "hide").value_or(false);
        targets.append(target);
    }
    return targets;
}

/// Old graphs and single stats: "thresholds":"50,80" with "colors", or a list of {value, colorMode}.
QList<Threshold> oldThresholds(const Json &panel)
{
    QList<Threshold> steps;
    if (const auto text = http::stringAt(panel, "thresholds"); text && !text->isEmpty()) {
        QStringList colors;
        if (const Json *list = http::arrayAt(panel, "colors")) {
            for (const Json &color : *list)
                colors += http::toQString(color);
        }
        steps.append({0, colors.value(0, u"green"_s), true});
        const QStringList values = text->split(u',', Qt::SkipEmptyParts);
        for (qsizetype i = 0; i < values.size(); ++i) {
            bool isNumber = false;
            const double value = values.at(i).trimmed().toDouble(&isNumber);
            if (isNumber)
                steps.append({value, colors.value(i + 1, i == 0 ? u"orange"_s : u"red"_s), false});
        }
    }
    if (const Json *list = http::arrayAt(panel, "thresholds")) {
        for (const Json &each : *list) {
            if (const auto value = http::numberAt(each, "value")) {
                const QString mode = textAt(each, "colorMode");
                steps.append({*value,
                              mode == u"critical" ? u"red"_s
                              : mode == u"ok"     ? u"green"_s
                                                  : u"orange"_s,
                              false});
            }
        }
    }
    return steps;
}

QList<Threshold> thresholdsOf(const Json &panel, const Json &defaults)
{
    const Json *list = http::arrayAt(objectOrEmpty(defaults, "thresholds"), "steps");
    if (!list)
        return oldThresholds(panel);
    QList<Threshold> steps;
    for (const Json &each : *list) {
        const auto value = http::numberAt(each, "value");
        steps.append({value.value_or(0), textAt(each, "color"), !value});
    }
    return steps;
}

QMap<QString, QString> mappingsOf(const Json &panel, const Json &defaults)
{
    QMap<QString, QString> texts;
    const auto takeOld = [&](const Json &list) {
        for (const Json &each : list) {
            const auto value = each.is_object() && each.contains("value")
                                   ? std::optional(http::toQString(each["value"]))
                                   : std::nullopt;
            const QString text = textAt(each, "text");
            if (value && !text.isEmpty())
                texts.insert(*value, text);
        }
    };
    if (const Json *list = http::arrayAt(defaults, "mappings")) {
        for (const Json &each : *list) {
            const Json &options = objectOrEmpty(each, "options");
            if (textAt(each, "type") != u"value") {
                takeOld(Json::array({each}));
                continue;
            }
            for (auto it = options.begin(); it != options.end(); ++it) {
                if (const QString text = textAt(it.value(), "text"); !text.isEmpty())
                    texts.insert(QString::fromStdString(it.key()), text);
            }
        }
    }
    if (const Json *list = http::arrayAt(panel, "valueMaps"))
        takeOld(*list);
    return texts;
}

QString unitOf(const Json &panel, const Json &defaults)
{
    if (const QString unit = textAt(defaults, "unit"); !unit.isEmpty())
        return unit;
    if (const QString format = textAt(panel, "format"); !format.isEmpty())
        return format;
    if (const Json *axes = http::arrayAt(panel, "yaxes"); axes && !axes->empty())
        return textAt((*axes)[0], "format");
    return {};
}

QString reducerOf(const Json &panel)
{
    const Json &options = objectOrEmpty(panel, "options");
    if (const Json *calcs = http::arrayAt(objectOrEmpty(options, "reduceOptions"), "calcs"); calcs && !calcs->empty())
        return http::toQString((*calcs)[0]);
    const QString old = textAt(panel, "valueName");
    if (old == u"current")
        return u"lastNotNull"_s;
    if (old == u"avg")
        return u"mean"_s;
    return old.isEmpty() ? u"lastNotNull"_s : old;
}

/// What of a panel that is drawn is not drawn as its author wrote it.
QStringList notesOf(const Json &json, const Panel &panel)
{
    QStringList notes;
    if (const Json *list = http::arrayAt(json, "transformations")) {
        for (const Json &each : *list)
            notes += u"the transformation \"%1\" is not applied"_s.arg(textAt(each, "id"));
    }
    if (const Json *list = http::arrayAt(objectOrEmpty(json, "fieldConfig"), "overrides"); list && !list->empty())
        notes += u"field overrides are not applied"_s;
    if (const Json *list = http::arrayAt(json, "seriesOverrides"); list && !list->empty())
        notes += u"series overrides are not applied"_s;
    if (!textAt(json, "repeat").isEmpty())
        notes += u"it is drawn once, not repeated for each value of $%1"_s.arg(textAt(json, "repeat"));
    if (!textAt(json, "timeFrom").isEmpty() || !textAt(json, "timeShift").isEmpty())
        notes += u"its own time range is not applied"_s;
    if (panel.typeName == u"bargauge")
        notes += u"its bars are drawn as gauges"_s;
    if (const Json *list = http::arrayAt(json, "targets")) {
        for (const Json &each : *list) {
            if (each.is_object() && !isPrometheus(sourceTypeOf(each)))
                notes += u"its query of a \"%1\" source is left out"_s.arg(sourceTypeOf(each));
        }
    }
    notes.removeDuplicates();
    return notes;
}

/// Why a panel of a type we draw still cannot be drawn; empty where it can.
QString obstacleOf(const Json &json, const Panel &panel)
{
    if (panel.type == PanelType::Text || panel.type == PanelType::Row)
        return {};
    if (http::objectAt(json, "libraryPanel"))
        return u"it is a library panel, whose definition is not in this file"_s;
    if (const QString source = sourceTypeOf(json); !isPrometheus(source))
        return u"its data comes from a \"%1\" source, which is not read"_s.arg(source);
    for (const Target &target : panel.targets) {
        if (!target.expr.trimmed().isEmpty() && !target.hidden)
            return {};
    }
    return panel.targets.isEmpty() ? u"it has no query"_s : u"none of its queries is PromQL that is shown"_s;
}

Panel panelOf(const Json &json)
{
    Panel panel;
    panel.id = static_cast<int>(http::numberAt(json, "id").value_or(0));
    panel.title = textAt(json, "title");
    panel.description = textAt(json, "description");
    panel.typeName = textAt(json, "type");
    panel.type = typeOf(panel.typeName);
    panel.grid = gridOf(json);
    panel.targets = targetsOf(json);
    const Json &defaults = objectOrEmpty(objectOrEmpty(json, "fieldConfig"), "defaults");
    const Json &custom = objectOrEmpty(defaults, "custom");
    panel.unit = unitOf(json, defaults);
    if (const auto decimals = http::numberAt(defaults, "decimals"))
        panel.decimals = static_cast<int>(*decimals);
    panel.minimum = http::numberAt(defaults, "min");
    panel.maximum = http::numberAt(defaults, "max");
    panel.thresholds = thresholdsOf(json, defaults);
    panel.valueTexts = mappingsOf(json, defaults);
    const QString stacking = textAt(objectOrEmpty(custom, "stacking"), "mode");
    panel.stacked = (!stacking.isEmpty() && stacking != u"none") || http::boolAt(json, "stack").value_or(false);
    panel.filled =
        http::numberAt(custom, "fillOpacity").value_or(0) > 0 || http::numberAt(json, "fill").value_or(0) > 0;
    panel.bars = textAt(custom, "drawStyle") == u"bars" || http::boolAt(json, "bars").value_or(false);
    panel.reducer = reducerOf(json);
    panel.content = textAt(objectOrEmpty(json, "options"), "content");
    if (panel.content.isEmpty())
        panel.content = textAt(json, "content");
    if (panel.type == PanelType::Unsupported) {
        panel.reason = panel.typeName.isEmpty()
                           ? u"the panel names no type"_s
                           : u"panels of type \"%1\" are not drawn by this version"_s.arg(panel.typeName);
    } else if (const QString obstacle = obstacleOf(json, panel); !obstacle.isEmpty()) {
        panel.type = PanelType::Unsupported;
        panel.reason = obstacle;
    } else {
        panel.notes = notesOf(json, panel);
    }
    return panel;
}

/// Grafana's list holds the panels of an open row after it, those of a folded one inside it, at places where the rows
/// below stand too: they move down by its height, as when it is unfolded.
void takePanels(const Json &list, QList<Panel> &panels)
{
    int shift = 0;
    for (const Json &each : list) {
        if (!each.is_object())
            continue;
        Panel panel = panelOf(each);
        panel.grid.translate(0, shift);
        const Json *inside = panel.type == PanelType::Row ? http::arrayAt(each, "panels") : nullptr;
        panel.collapsed = inside && http::boolAt(each, "collapsed").value_or(!inside->empty());
        const int below = panel.grid.y() + panel.grid.height();
        panels.append(panel);
        if (!inside || inside->empty())
            continue;
        QList<Panel> folded;
        for (const Json &child : *inside) {
            if (child.is_object())
                folded.append(panelOf(child));
        }
        int top = std::numeric_limits<int>::max();
        int bottom = 0;
        for (const Panel &child : std::as_const(folded)) {
            top = std::min(top, child.grid.y());
            bottom = std::max(bottom, child.grid.y() + child.grid.height());
        }
        for (Panel &child : folded) {
            child.grid.translate(0, below - top);
            panels.append(child);
        }
        if (!folded.isEmpty())
            shift += bottom - top;
    }
}

/// Dashboards before Grafana 5: rows of panels with a span out of 12 and a height in pixels.
void takeOldRows(const Json &rows, QList<Panel> &panels)
{
    int y = 0;
    for (const Json &row : rows) {
        if (!row.is_object())
            continue;
        const QString title = textAt(row, "title");
        if (!title.isEmpty() && http::boolAt(row, "showTitle").value_or(true)) {
            Panel heading;
            heading.type = PanelType::Row;
            heading.typeName = u"row"_s;
            heading.title = title;
            heading.grid = {0, y++, 24, 1};
            panels.append(heading);
        }
        const Json *list = http::arrayAt(row, "panels");
        if (!list)
            continue;
        const QString height = http::toQString(row.contains("height") ? row["height"] : Json("250px"));
        const int units = std::clamp(QString(height).remove(u"px"_s).toInt() / 30, 4, 40);
        int x = 0;
        for (const Json &each : *list) {
            if (!each.is_object())
                continue;
            Panel panel = panelOf(each);
            const int width = std::clamp(static_cast<int>(http::numberAt(each, "span").value_or(12)) * 2, 2, 24);
            if (x + width > 24) {
                x = 0;
                y += units;
            }
            panel.grid = {x, y, width, units};
            x += width;
            panels.append(panel);
        }
        y += units;
    }
}

QList<Variable> variablesOf(const Json &dashboard)
{
    QList<Variable> variables;
    const Json *list = http::arrayAt(objectOrEmpty(dashboard, "templating"), "list");
    if (!list)
        return variables;
    for (const Json &each : *list) {
        if (!each.is_object() || textAt(each, "name").isEmpty())
            continue;
        Variable variable;
        variable.name = textAt(each, "name");
        variable.type = textAt(each, "type");
        variable.label = textAt(each, "label");
        variable.query = textAt(each, "query");
        if (variable.query.isEmpty())
            variable.query = textAt(objectOrEmpty(each, "query"), "query");
        if (variable.query.isEmpty())
            variable.query = textAt(each, "definition");
        variable.multi = http::boolAt(each, "multi").value_or(false);
        variable.includeAll = http::boolAt(each, "includeAll").value_or(false);
        variable.hidden = http::numberAt(each, "hide").value_or(0) == 2;
        if (const Json *options = http::arrayAt(each, "options")) {
            for (const Json &option : *options) {
                if (const QString value = textAt(option, "value"); !value.isEmpty())
                    variable.options += value;
            }
        }
        if (variable.options.isEmpty() && (variable.type == u"custom" || variable.type == u"interval")) {
            for (const QString &part : variable.query.split(u',', Qt::SkipEmptyParts))
                variable.options += part.trimmed();
        }
        const Json &current = objectOrEmpty(each, "current");
        if (const Json *values = http::arrayAt(current, "value")) {
            for (const Json &value : *values)
                variable.current += http::toQString(value);
        } else if (const QString value = textAt(current, "value"); !value.isEmpty()) {
            variable.current += value;
        }
        variable.allValue = textAt(each, "allValue");
        variables.append(variable);
    }
    return variables;
}

} // namespace

Result<Dashboard> decodeDashboard(const QByteArray &bytes, const QString &file)
{
    const auto json = http::parseJson(bytes, file);
    if (!json)
        return tl::make_unexpected(json.error());
    const Json *inner = http::objectAt(*json, "dashboard");
    const Json &root = inner ? *inner : *json;
    const Json *panels = http::arrayAt(root, "panels");
    const Json *rows = http::arrayAt(root, "rows");
    if (!root.is_object() || (!panels && !rows))
        return failure(ErrorKind::Malformed, file,
                       u"it is JSON, but no Grafana dashboard: it has neither \"panels\" nor \"rows\""_s);
    Dashboard dashboard;
    dashboard.file = file;
    dashboard.title = textAt(root, "title");
    if (dashboard.title.isEmpty())
        dashboard.title = QFileInfo(file).completeBaseName();
    dashboard.uid = textAt(root, "uid");
    dashboard.refresh = textAt(root, "refresh");
    dashboard.from = textAt(objectOrEmpty(root, "time"), "from");
    dashboard.to = textAt(objectOrEmpty(root, "time"), "to");
    if (const Json *tags = http::arrayAt(root, "tags")) {
        for (const Json &tag : *tags)
            dashboard.tags += http::toQString(tag);
    }
    dashboard.variables = variablesOf(root);
    if (rows)
        takeOldRows(*rows, dashboard.panels);
    if (panels)
        takePanels(*panels, dashboard.panels);
    return dashboard;
}

Result<Dashboard> readDashboard(const QString &file)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, file, u"the dashboard cannot be read: "_s + opened.errorString());
    constexpr qint64 mostBytes = 16 * 1024 * 1024;
    const QByteArray bytes = opened.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return failure(ErrorKind::TooLarge, file, u"the dashboard is larger than 16 MiB"_s);
    return decodeDashboard(bytes, file);
}

} // namespace atalaya::dashboards
