// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QRect>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

/// A dashboard in Grafana's JSON model (schemaVersion 16 to 39), as far as the console draws it.
namespace atalaya::dashboards {

struct Target
{
    QString refId;
    QString expr;
    QString legend; ///< "{{label}}" is replaced; empty: the label set
    bool instant = false;
    bool hidden = false;

    bool operator==(const Target &) const = default;
};

struct Threshold
{
    double value = 0;
    QString color;       ///< Grafana's word: "green", "red", "#EAB839"
    bool isBase = false; ///< the first step, from minus infinity

    bool operator==(const Threshold &) const = default;
};

/// What a panel is drawn as; several of Grafana's types share one.
enum class PanelType
{
    TimeSeries,
    Stat,
    Gauge,
    Heatmap,
    Table,
    Text,
    Row,
    Unsupported
};

struct Panel
{
    int id = 0;
    QString title;
    QString description;
    PanelType type = PanelType::Unsupported;
    QString typeName; ///< as written: "graph", "timeseries", "piechart"
    QRect grid;       ///< Grafana units: 24 columns wide
    QList<Target> targets;
    QString unit;
    std::optional<int> decimals;
    std::optional<double> minimum, maximum;
    QList<Threshold> thresholds;
    QMap<QString, QString> valueTexts; ///< value mappings: "0" -> "closed"
    bool stacked = false;
    bool filled = false;
    bool bars = false;
    QString reducer;        ///< stat and gauge: "lastNotNull" (default), "mean", "max", ...
    QString content;        ///< of a text panel
    QString reason;         ///< of an unsupported one: which type, and why it is not drawn
    QStringList notes;      ///< what of a drawn one is not drawn as its author wrote it
    bool collapsed = false; ///< of a row: it was saved folded

    bool operator==(const Panel &) const = default;
};

struct Variable
{
    QString name;
    QString type; ///< "query", "custom", "constant", "interval", "datasource", "textbox"
    QString query;
    QString label;
    QStringList options;
    QStringList current; ///< chosen when the file was saved; "$__all" stands for everything
    QString allValue;    ///< what "All" stands for in a matcher; empty: any option
    bool multi = false, includeAll = false, hidden = false;

    bool operator==(const Variable &) const = default;
};

struct Dashboard
{
    QString uid;
    QString title;
    QString file;
    QStringList tags;
    QList<Panel> panels;
    QList<Variable> variables;
    QString refresh;  ///< "10s"
    QString from, to; ///< "now-1h", "now"
    QString system;   ///< key of the system it was listed by; empty for the workspace's own

    bool operator==(const Dashboard &) const = default;
};

} // namespace atalaya::dashboards
