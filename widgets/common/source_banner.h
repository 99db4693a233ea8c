// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::common {

class ElideLabel;

/// The banner of a silent source over the page that needs it: warning background, since when, its own words, next try.
class SourceBanner : public QWidget
{
    Q_OBJECT
public:
    explicit SourceBanner(QWidget *parent = nullptr);

    /// `headline`: "prom-p2p does not answer since 03:05:28, 4 min 12 s."; `words`: what it said and when the next try
    /// is.
    void setText(const QString &headline, const QString &words);
    QPushButton *tryNow() const { return m_tryNow; }

Q_SIGNALS:
    void tryNowRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_headline;
    ElideLabel *m_words;
    QPushButton *m_tryNow;
};

} // namespace atalaya::common
