// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/metrics/metric_store.h"
#include "models/refresh/refresh_schedule.h"
#include "widgets/shell/range_text.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::shell {

class BarButton;
class RangePopup;

/// Page title and subtitle, the system that everything is filtered to, time range with back and zoom out, refresh
/// interval, pause, and the way into the command palette.
class TopBar final : public QWidget
{
    Q_OBJECT
public:
    TopBar(metrics::MetricStore &metrics, refresh::RefreshSchedule &schedule, const Clock &clock, const QTimeZone &zone,
           QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &subtitle);
    /// The chip "worker x"; empty: none.
    void setSystem(const QString &title);
    void setNarrow(bool narrow);
    void setTimeZone(const QTimeZone &zone);

    bool canGoBack() const { return !m_history.isEmpty(); }
    void goBack();
    void zoomOut();
    void togglePause();
    void openRangeMenu();

Q_SIGNALS:
    void paletteRequested();
    void systemCleared();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void show(const ShownRange &range);
    ShownRange shown() const;
    void refreshTexts();
    void openIntervalMenu();

    metrics::MetricStore &m_metrics;
    refresh::RefreshSchedule &m_schedule;
    const Clock &m_clock;
    QTimeZone m_zone;
    QList<ShownRange> m_history;
    ShownRange m_current;
    bool m_goingBack = false;
    bool m_narrow = false;
    QString m_subtitleText;
    QLabel *m_title;
    QLabel *m_subtitle;
    QPushButton *m_system;
    BarButton *m_back;
    BarButton *m_range;
    BarButton *m_zoomOut;
    BarButton *m_interval;
    BarButton *m_pause;
    BarButton *m_palette;
    RangePopup *m_popup = nullptr;
};

} // namespace atalaya::shell
