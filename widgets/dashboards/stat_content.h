// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboards/panel_content.h"

namespace atalaya::dashboards {

/// One figure a series: large where there is one, a list where there are several. Never a zero for "no data".
class StatContent final : public PanelContent
{
    Q_OBJECT
public:
    StatContent(const Panel &panel, QWidget *parent);

    struct Figure
    {
        QString name;
        QString figure, unit;
        QString inFull;
        std::optional<State> state;
        std::vector<std::int64_t> times;
        std::vector<double> values;

        bool operator==(const Figure &) const = default;
    };
    const QList<Figure> &figures() const { return m_figures; }
    void showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment) override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void paintOne(QPainter &painter, const Figure &figure) const;
    void paintList(QPainter &painter) const;

    const Panel m_panel;
    QList<Figure> m_figures;
    QString m_words; ///< instead of a figure
    QString m_hint;
    TimeRange m_range;
    bool m_isStale = false;
};

/// What a content shows instead of data: "asked 1.2 s ago", the server's words, "no data in this range".
QString insteadOfData(const PanelMoment &moment);

} // namespace atalaya::dashboards
