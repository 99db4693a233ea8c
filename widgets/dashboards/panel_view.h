// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboards/panel_content.h"
#include "widgets/dashboards/panel_queries.h"

#include <QtWidgets/QWidget>

class QToolButton;

namespace atalaya::dashboards {

/// One panel of a board: card, header with title, unit and what is wrong, tools on hover and focus, and the content.
class PanelView final : public QWidget
{
    Q_OBJECT
public:
    PanelView(const Panel &panel, metrics::MetricStore &store, const Clock &clock, QWidget *parent = nullptr);

    const Panel &panel() const { return m_panel; }
    QString shownTitle() const { return m_title; }
    PanelQueries &queries() { return *m_queries; }
    const PanelStatus &status() const { return m_status; }

    /// Subscribes what the content is wide enough to draw.
    void ask(const QString &source, const VariableChoices &choices);
    /// Draws the answers of the moment. Cheap when nothing changed.
    void refresh(const TimeRange &range, const QTimeZone &zone);
    /// Only the words that count seconds.
    void tick(const QTimeZone &zone);
    void showMarks(const QList<PanelMark> &marks) { m_content->showMarks(marks); }
    void showCrosshair(std::optional<Timestamp> at) { m_content->showCrosshair(at); }
    void setInView(bool inView);
    bool isInView() const { return m_inView; }
    bool needsRefresh() const { return m_dirty; }
    void setFullScreen(bool full);
    /// What is asked, as it was sent; one a line.
    QString promQl() const;

Q_SIGNALS:
    void dirty();
    void inspectRequested();
    void fullScreenRequested();
    void crosshairMoved(std::optional<atalaya::Timestamp> at);
    void rangeChosen(const atalaya::TimeRange &range);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addTool(int icon, const QString &name, const QString &words);
    void layOut();
    void showTools();
    void setStatus(const PanelStatus &status);
    void copyPromQl();
    void exportPicture();

    const Panel m_panel;
    const Clock &m_clock;
    PanelQueries *m_queries;
    PanelContent *m_content;
    QList<QToolButton *> m_tools;
    QString m_title;
    QString m_source;
    VariableChoices m_choices;
    PanelStatus m_status;
    Milliseconds m_usual{};
    int m_columns = 0;
    bool m_inView = false, m_dirty = true, m_full = false;
};

} // namespace atalaya::dashboards
