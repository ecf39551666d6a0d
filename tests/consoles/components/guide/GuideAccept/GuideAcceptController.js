({
  run: function (component, event, helper) {
    var toolkit = component.find("omni");
    toolkit.getAgentWorks().then(function (result) {
      var work = JSON.parse(result.works)[0];
      return toolkit.acceptAgentWork({ workId: work.workId }).then(function (done) {
        console.log("accepted: " + done);
      });
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
