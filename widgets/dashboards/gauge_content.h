// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboards/panel_content.h"

class QGridLayout;
class QLabel;

namespace atalaya::charts {
class GaugeDial;
}

namespace atalaya::dashboards {

/// One dial a series, against the panel's limits.
class GaugeContent final : public PanelContent
{
    Q_OBJECT
public:
    GaugeContent(const Panel &panel, QWidget *parent);
    void showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment) override;

    static constexpr qsizetype mostDials = 6;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    const Panel m_panel;
    QList<charts::GaugeDial *> m_dials;
    QLabel *m_words;
    qsizetype m_shown = 0;
};

} // namespace atalaya::dashboards
